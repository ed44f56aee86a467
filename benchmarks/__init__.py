"""Measurements beside a baseline of the same run, with their limits: `python -m benchmarks`. No test runs them."""
