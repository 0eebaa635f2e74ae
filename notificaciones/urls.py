"""Addresses of «Mis Notificaciones» and, in the demo, of its post office."""

from django.conf import settings
from django.urls import path, re_path

from .vistas import correos, notificaciones

urlpatterns = [
    path("notificaciones/", notificaciones.notificaciones, name="notificaciones"),
    path("notificaciones/<int:pk>/", notificaciones.notificacion, name="notificacion"),
]

if settings.DEMO:
    urlpatterns += [
        path("correos/", correos.correos, name="correos"),
        re_path(r"^correos/(?P<nombre>[0-9A-Za-z-]+\.eml)/$", correos.correo, name="correo"),
        re_path(r"^correos/(?P<nombre>[0-9A-Za-z-]+\.eml)/vista/$", correos.correo_html, name="correo_html"),
    ]
