"""The peers' addresses, under `/bench/`."""

from django.urls import path

from bench.pares.asistente import AsistenteComun, AsistenteCrispy
from bench.pares.copia import copia
from bench.pares.sitio import sitio

ASISTENTES = {"comun": AsistenteComun, "crispy": AsistenteCrispy}

urlpatterns = [
    path("admin/", sitio.urls),
    path("copia/", copia, name="bench_copia"),
    *(
        path(
            f"asistente/{cual}/<str:step>/",
            vista.as_view(url_name=f"asistente_{cual}", done_step_name="fin"),
            name=f"asistente_{cual}",
        )
        for cual, vista in ASISTENTES.items()
    ),
]
