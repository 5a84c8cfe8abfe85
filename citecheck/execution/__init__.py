"""Many documents: the runner and its processes, the cache, the baseline, what git says has changed."""
