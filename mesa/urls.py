"""The desk's addresses (contrato.md, "Addresses")."""

from django.urls import path

from .vistas import (
    archivos,
    bandeja,
    bitacora,
    como_la_persona,
    correos,
    decisiones,
    estadisticas,
    expediente,
    exportacion,
    internos,
    veredictos,
)

G = "revision/gestiones/<int:numero>/"

urlpatterns = [
    path("revision/", bandeja.mesa, name="mesa"),
    path("revision/tomar-siguiente/", bandeja.tomar_siguiente, name="tomar_siguiente"),
    path("revision/borradores/", bandeja.borradores, name="borradores"),
    path("revision/estadisticas/", estadisticas.estadisticas, name="estadisticas"),
    path("revision/bitacora/", bitacora.bitacora, name="bitacora"),
    path("revision/bitacora/exportar/", bitacora.exportar, name="exportar_bitacora"),
    path("revision/bitacora/verificar/", bitacora.verificar_cadena, name="verificar_bitacora"),
    path(G, expediente.revision, name="revision"),
    path(f"{G}historial/", expediente.historia, name="historia"),
    path(f"{G}como-la-persona/", como_la_persona.como_la_persona, name="como_la_persona"),
    path(f"{G}tomar/", decisiones.tomar, name="tomar"),
    path(f"{G}liberar/", decisiones.liberar, name="liberar"),
    path(f"{G}reasignar/", decisiones.reasignar, name="reasignar"),
    path(f"{G}documentos/<int:renglon>/", veredictos.juzgar_renglon, name="juzgar_renglon"),
    path(f"{G}pasos/<slug:clave>/", veredictos.juzgar_paso, name="juzgar_paso"),
    path(f"{G}decision/", decisiones.decidir, name="decidir"),
    path(f"{G}previo/", decisiones.observar, name="observar"),
    path(f"{G}admitir/", decisiones.admitir, name="admitir"),
    path(f"{G}desarchivar/", decisiones.desarchivar, name="desarchivar"),
    path(f"{G}notificacion/", decisiones.registrar_notificacion, name="registrar_notificacion"),
    path(f"{G}internos/", internos.internos, name="internos"),
    path(f"{G}notas/", internos.anotar, name="anotar"),
    path(f"{G}exportar/", exportacion.exportar, name="exportar"),
    path(f"{G}constancia.pdf", archivos.constancia, name="constancia_revision"),
    path(f"{G}admision.pdf", archivos.admision, name="admision_revision"),
    path(f"{G}previo-<int:ronda>.pdf", archivos.aviso_previo, name="aviso_previo_revision"),
    path(f"{G}correo/", correos.vista_previa_correo, name="vista_previa_correo"),
    path(f"{G}correo/html/", correos.vista_previa_html, name="vista_previa_html"),
    path(f"{G}correo/reintentar/", correos.reintentar, name="reintentar_correo"),
    path(f"{G}archivos/", archivos.leer_con_motivo, name="leer_con_motivo"),
    path(f"{G}archivos/<uuid:pk>/", archivos.archivo, name="archivo_revision"),
    path(f"{G}archivos/<uuid:pk>/leido/", archivos.archivo_leido, name="archivo_leido"),
    path(f"{G}archivos/<uuid:pk>/paginas/<int:pagina>/", archivos.pagina_de_archivo, name="pagina"),
]
