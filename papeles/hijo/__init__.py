"""What opens the PDF of a stranger. It runs in a child, so it knows no Django and nothing of the portal."""
