"""What people type, before anybody asks what it means: clean, folded, found and sorted. It knows nobody."""
