"""Addresses of «Mis Notificaciones», of the desk's mails and, in the demo, of its post office."""

from django.conf import settings
from django.urls import path, re_path

from . import mesa, vistas

urlpatterns = [
    path("notificaciones/", vistas.notificaciones, name="notificaciones"),
    path("notificaciones/<int:pk>/", vistas.notificacion, name="notificacion"),
    path("revision/gestiones/<int:numero>/correo/", mesa.vista_previa_correo, name="vista_previa_correo"),
    path("revision/gestiones/<int:numero>/correo/html/", mesa.vista_previa_html, name="vista_previa_html"),
    path("revision/gestiones/<int:numero>/correo/reintentar/", mesa.reintentar, name="reintentar_correo"),
]

if settings.DEMO:
    urlpatterns += [
        path("correos/", vistas.correos, name="correos"),
        re_path(r"^correos/(?P<nombre>[0-9A-Za-z-]+\.eml)/$", vistas.correo, name="correo"),
        re_path(r"^correos/(?P<nombre>[0-9A-Za-z-]+\.eml)/vista/$", vistas.correo_html, name="correo_html"),
    ]
