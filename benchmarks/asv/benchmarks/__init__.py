"""What asv measures of every commit; benchmarks/README.md says how to run it."""
