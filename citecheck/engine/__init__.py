"""One document: linted, fixed, or given ignore comments. Pure: prints nothing and opens no file."""
