"""The peers' addresses, under `/bench/`."""

from django.urls import path

from bench.pares.asistente import AsistenteComun, AsistenteCrispy
from bench.pares.sitio import sitio

urlpatterns = [
    path(
        f"asistente/{cual}/<str:step>/",
        vista.as_view(url_name=f"asistente_{cual}", done_step_name="fin"),
        name=f"asistente_{cual}",
    )
    for cual, vista in (("comun", AsistenteComun), ("crispy", AsistenteCrispy))
]
urlpatterns.append(path("admin/", sitio.urls))
