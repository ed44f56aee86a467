"""Tests in a real Chromium against the real server: what AppTest can't see."""
