"""The citizen's pages: parse, act, redirect."""
