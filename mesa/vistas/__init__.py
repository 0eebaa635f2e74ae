"""The desk's pages: parse, act, redirect."""
