"""Documents and bibliographies that belong together, as the files of a project say; read as data, never run."""
