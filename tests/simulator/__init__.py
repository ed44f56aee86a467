"""The tests of the simulator, directly at its core and through the SDK."""
