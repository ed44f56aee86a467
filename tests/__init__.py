"""The tests. They mirror the tree: test_<module>.py, pages/, components/, simulator/, browser/."""
