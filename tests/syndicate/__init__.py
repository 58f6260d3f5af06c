"""Tests of the wire in."""
