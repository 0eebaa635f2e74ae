"""The engine, on a procedure of its own that knows no pension (motor.md §6)."""
