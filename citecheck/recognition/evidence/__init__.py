"""Evidence: which candidates cite, decided over the whole document."""
