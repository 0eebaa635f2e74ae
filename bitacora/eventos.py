"""What the log says of itself."""

from django.db import models


class TipoEvento(models.TextChoices):
    # `datos["motivo"]`: cadena_rota · anclas_perdidas · ancla_no_escrita
    BITACORA_EN_RIESGO = "bitacora_en_riesgo", "La bitácora o sus anclas no coinciden"
