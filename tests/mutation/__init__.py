"""What the tests do not see: small faults, put into citecheck one at a time, and tests that ought to fail."""
