"""«Mis Notificaciones», and the demo's post office."""
