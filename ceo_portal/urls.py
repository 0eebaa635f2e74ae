"""The whole portal's addresses: each app brings its own."""

from django.contrib import admin
from django.urls import include, path

from ceo_portal import salud
from ceo_portal.interfaz import errores, vistas

urlpatterns = [
    path("", vistas.portada, name="portada"),
    path("ayuda/", vistas.ayuda, name="ayuda"),
    path("accesibilidad/", vistas.accesibilidad, name="accesibilidad"),
    path("salud/viva/", salud.viva, name="salud_viva"),
    path("salud/lista/", salud.lista, name="salud_lista"),
    path("admin/", admin.site.urls),
    path("", include("cuentas.urls")),
    path("", include("tramites.ciudadano.urls")),
    path("", include("mesa.urls")),
    path("", include("notificaciones.urls")),
]

handler400 = errores.peticion_mala
handler403 = errores.sin_permiso
handler404 = errores.no_encontrada
handler429 = errores.demasiados_intentos  # allauth asks for it by this name
handler500 = errores.error_interno
