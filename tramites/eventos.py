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
