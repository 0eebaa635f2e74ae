"""The demonstration's invented people and Gestiones; installed only where the settings say DEMO."""
