"""What whoever runs the portal asks of it."""
