"""Benchmarks: `python -m tests.bench` measures speed, memory, accuracy beside other extractors, and the store."""
