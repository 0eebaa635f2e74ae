"""Addresses of «Mis Notificaciones» and, in the demo, of its post office."""

from django.conf import settings
from django.urls import path, re_path

from .vistas import notificaciones as vistas

urlpatterns = [
    path("notificaciones/", vistas.notificaciones, name="notificaciones"),
    path("notificaciones/<int:pk>/", vistas.notificacion, name="notificacion"),
]

if settings.DEMO:
    urlpatterns += [
        path("correos/", vistas.correos, name="correos"),
        re_path(r"^correos/(?P<nombre>[0-9A-Za-z-]+\.eml)/$", vistas.correo, name="correo"),
        re_path(r"^correos/(?P<nombre>[0-9A-Za-z-]+\.eml)/vista/$", vistas.correo_html, name="correo_html"),
    ]
