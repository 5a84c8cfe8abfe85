"""Ignore comments: which findings they silence, and which of them do nothing."""
