"""What may be done with a Gestión and what is missing for it; actions raise it, pages show it. No writes."""
