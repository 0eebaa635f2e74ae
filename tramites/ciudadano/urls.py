"""The citizen's addresses (contrato.md, "Addresses")."""

from django.urls import path

from .vistas import archivado, documentos, envio, pasos, rectificacion, seguimiento, tramites

urlpatterns = [
    path("tablero/", tramites.tablero, name="tablero"),
    path("tramites/", tramites.tramites, name="tramites"),
    path("tramites/<slug:clave>/", tramites.derecho, name="derecho"),
    path("tramites/<slug:clave>/inicio/", tramites.inicio_tramite, name="inicio_tramite"),
    path("tramites/<slug:clave>/requisitos/", tramites.requisitos, name="requisitos"),
    path("gestiones/<int:numero>/", seguimiento.gestion, name="gestion"),
    path("gestiones/<int:numero>/paso/<slug:clave>/", pasos.paso, name="paso"),
    path("gestiones/<int:numero>/formulario.pdf", documentos.formulario_pdf, name="formulario_pdf"),
    path("gestiones/<int:numero>/documentos/<int:renglon>/", documentos.archivos, name="archivos"),
    path("gestiones/<int:numero>/archivos/<uuid:pk>/", documentos.documento, name="documento"),
    path("gestiones/<int:numero>/archivos/<uuid:pk>/eliminar/", documentos.eliminar, name="eliminar"),
    path(
        "gestiones/<int:numero>/documentos/<int:renglon>/sustituir/", documentos.sustituir, name="sustituir"
    ),
    path("gestiones/<int:numero>/enviar/", envio.enviar, name="enviar"),
    path("gestiones/<int:numero>/enviada/", envio.enviada, name="enviada"),
    path("gestiones/<int:numero>/constancia.pdf", documentos.constancia, name="constancia"),
    path("gestiones/<int:numero>/previo/<int:ronda>.pdf", documentos.aviso_previo, name="aviso_previo"),
    path("gestiones/<int:numero>/admision.pdf", documentos.admision, name="admision"),
    path("gestiones/<int:numero>/desistir/", archivado.desistir, name="desistir"),
    path("gestiones/<int:numero>/retomar/", archivado.retomar, name="retomar"),
    path("gestiones/<int:numero>/rectificar/", rectificacion.pedir_rectificacion, name="pedir_rectificacion"),
    path("solicitudes/", seguimiento.solicitudes, name="solicitudes"),
    path("solicitudes/previos/", seguimiento.solicitudes, {"solo_previos": True}, name="previos"),
    path("verificar/", seguimiento.verificar, name="verificar"),
    path("verificar/<slug:codigo>/", seguimiento.verificar, name="verificar_codigo"),
]
