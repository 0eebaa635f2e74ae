"""The citizen's addresses (contrato.md, "Addresses")."""

from django.urls import path

from .vistas import (
    cargar,
    desistir,
    enviar,
    imprimir,
    orientacion,
    pasos,
    pedir_rectificacion,
    retirar,
    retomar,
    seguimiento,
    tramites,
)

urlpatterns = [
    path("tablero/", tramites.tablero, name="tablero"),
    path("tramites/", tramites.tramites, name="tramites"),
    path("tramites/<slug:clave>/", tramites.derecho, name="derecho"),
    path("tramites/<slug:clave>/inicio/", tramites.inicio_tramite, name="inicio_tramite"),
    path("tramites/<slug:clave>/requisitos/", tramites.requisitos, name="requisitos"),
    path("tramites/<slug:clave>/orientacion/", orientacion.orientacion, name="orientacion"),
    path("gestiones/<int:numero>/", seguimiento.gestion, name="gestion"),
    path("gestiones/<int:numero>/paso/<slug:clave>/", pasos.paso, name="paso"),
    path("gestiones/<int:numero>/formulario.pdf", imprimir.formulario_pdf, name="formulario_pdf"),
    path("gestiones/<int:numero>/documentos/<int:renglon>/", cargar.archivos, name="archivos"),
    path("gestiones/<int:numero>/archivos/<uuid:pk>/", imprimir.documento, name="documento"),
    path("gestiones/<int:numero>/archivos/<uuid:pk>/eliminar/", retirar.eliminar, name="eliminar"),
    path("gestiones/<int:numero>/documentos/<int:renglon>/sustituir/", retirar.sustituir, name="sustituir"),
    path("gestiones/<int:numero>/enviar/", enviar.enviar, name="enviar"),
    path("gestiones/<int:numero>/enviada/", enviar.enviada, name="enviada"),
    path("gestiones/<int:numero>/constancia.pdf", imprimir.constancia, name="constancia"),
    path("gestiones/<int:numero>/previo/<int:ronda>.pdf", imprimir.aviso_previo, name="aviso_previo"),
    path("gestiones/<int:numero>/admision.pdf", imprimir.admision, name="admision"),
    path("gestiones/<int:numero>/desistir/", desistir.desistir, name="desistir"),
    path("gestiones/<int:numero>/retomar/", retomar.retomar, name="retomar"),
    path(
        "gestiones/<int:numero>/rectificar/",
        pedir_rectificacion.pedir_rectificacion,
        name="pedir_rectificacion",
    ),
    path("solicitudes/", seguimiento.solicitudes, name="solicitudes"),
    path("solicitudes/previos/", seguimiento.solicitudes, {"solo_previos": True}, name="previos"),
    path("solicitudes/<slug:familia>/", seguimiento.solicitudes, name="solicitudes_de"),
    path("verificar/", seguimiento.verificar, name="verificar"),
    path("verificar/<slug:codigo>/", seguimiento.verificar, name="verificar_codigo"),
]
