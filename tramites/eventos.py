"""The acts that the engine writes in the log; the label is how the history tells them (matriz.md §7)."""

from django.db.models import TextChoices


class TipoEvento(TextChoices):
    """One member per kind of act on a Gestión."""

    GESTION_CREADA = "gestion_creada", "Creó la Gestión"
    PASO_GUARDADO = "paso_guardado", "Guardó un paso"
    FORMULARIO_CONFIRMADO = "formulario_confirmado", "Confirmó el formulario"
    DOCUMENTO_CARGADO = "documento_cargado", "Cargó un archivo"
    DOCUMENTO_RETIRADO = "documento_retirado", "Eliminó un archivo"
    ENVIADA = "enviada", "Envió la solicitud a ONSEC"
    REENVIADA = "reenviada", "Envió la corrección a ONSEC"
    TOMADA = "tomada", "Un analista tomó la Gestión"
    LIBERADA = "liberada", "La Gestión volvió a la cola"
    TOMA_CADUCADA = "toma_caducada", "La Gestión volvió sola a la cola"
    REASIGNADA = "reasignada", "La Gestión cambió de analista"
    RENGLON_JUZGADO = "renglon_juzgado", "Se revisó un documento"
    PASO_JUZGADO = "paso_juzgado", "Se revisó un paso"
    NOTA_INTERNA = "nota_interna", "Nota interna de ONSEC"
    DATOS_INTERNOS = "datos_internos", "Datos internos de ONSEC"
    EXPEDIENTE_LEIDO = "expediente_leido", "ONSEC leyó el expediente"
    DOCUMENTO_LEIDO = "documento_leido", "ONSEC leyó un archivo"
    IMPRESO_LEIDO = "papel_leido", "ONSEC abrió una constancia"
    BUSQUEDA = "busqueda", "Buscó por nombre o por CUI"
    PREVIO_EMITIDO = "previo_emitido", "ONSEC la devolvió con observaciones"
    ADMITIDA = "admitida", "ONSEC admitió el expediente"
    AVISO_ENTREGADO = "aviso_entregado", "Se entregó un aviso"
    AVISO_FALLIDO = "aviso_fallido", "Un aviso no se pudo entregar"
    AVISO_DE_ARCHIVADO = "aviso_archivo", "Aviso de que el plazo se acerca"
    ARCHIVADO_EN_ESPERA = "archivo_en_espera", "El archivo espera un aviso entregado"
    ARCHIVADA = "archivada", "La Gestión se archivó"
    DESARCHIVADA = "desarchivada", "La Gestión se reabrió"
    SOLICITUD_DATOS = "solicitud_datos", "Pidió que se rectifique un dato"
    CORREO_REINTENTADO = "correo_reintentado", "ONSEC volvió a enviar un aviso"
    ARCHIVO_INFECTADO = "archivo_infectado", "Un archivo no se pudo recibir"
    ARCHIVO_PERDIDO = "archivo_perdido", "No se halló un archivo donde se guardó"
    EXPEDIENTE_EXPORTADO = "expediente_exportado", "ONSEC exportó el expediente"
    BITACORA_EXPORTADA = "bitacora_exportada", "Exportó lo encontrado en la bitácora"
    EXPORTACION_LISTA = "exportacion_lista", "La exportación del expediente está lista"


# What its owner does to correct it: theirs alone until it is sent again (matriz.md §4).
A_MEDIAS = frozenset(
    {
        TipoEvento.PASO_GUARDADO,
        TipoEvento.FORMULARIO_CONFIRMADO,
        TipoEvento.DOCUMENTO_CARGADO,
        TipoEvento.DOCUMENTO_RETIRADO,
    }
)
# What only the office reads: the person's history leaves it out (matriz.md §3, §7).
INTERNOS = frozenset(
    {
        TipoEvento.TOMADA,
        TipoEvento.LIBERADA,
        TipoEvento.TOMA_CADUCADA,
        TipoEvento.REASIGNADA,
        TipoEvento.RENGLON_JUZGADO,
        TipoEvento.PASO_JUZGADO,
        TipoEvento.NOTA_INTERNA,
        TipoEvento.DATOS_INTERNOS,
        TipoEvento.EXPEDIENTE_LEIDO,
        TipoEvento.DOCUMENTO_LEIDO,
        TipoEvento.IMPRESO_LEIDO,
        TipoEvento.BUSQUEDA,
        TipoEvento.AVISO_ENTREGADO,
        TipoEvento.ARCHIVADO_EN_ESPERA,
        TipoEvento.CORREO_REINTENTADO,
        TipoEvento.ARCHIVO_PERDIDO,
        TipoEvento.EXPEDIENTE_EXPORTADO,
        TipoEvento.BITACORA_EXPORTADA,
        TipoEvento.EXPORTACION_LISTA,
    }
)
