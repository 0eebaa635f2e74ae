"""What the portal tells people: the notice it shows and the mail it owes."""

from datetime import datetime
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cuentas.models import CampoBuzon, en_forma_normal


class Mensaje(models.Model):
    """The words of a notice, kept whole: a later reading or retry says the same.

    `contexto` holds text ready to print and `enlace`, a path of the portal, never a whole address.
    """

    evento = models.ForeignKey(
        "bitacora.Evento", verbose_name="evento", null=True, on_delete=models.PROTECT, related_name="+"
    )
    gestion = models.BigIntegerField("Gestión No.", null=True)
    plantilla = models.CharField("plantilla", max_length=40)
    contexto = models.JSONField("contexto", default=dict)
    asunto = models.CharField("asunto", max_length=160)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.asunto


class Notificacion(Mensaje):
    """A notice in «Mis Notificaciones». `leida_en` is the acknowledgement: set once, never moved (D2)."""

    destinatario = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="destinatario",
        on_delete=models.PROTECT,
        related_name="notificaciones",
        db_index=False,  # that of their order begins with it
    )
    creada_en = models.DateTimeField("creada en")
    leida_en = models.DateTimeField("leída en", null=True)

    class Meta:
        verbose_name = "notificación"
        verbose_name_plural = "notificaciones"
        ordering = ["-creada_en", "-pk"]
        indexes = [
            models.Index(
                fields=["destinatario"], condition=Q(leida_en__isnull=True), name="notificaciones_sin_leer"
            ),
            models.Index(fields=["destinatario", "creada_en", "id"], name="notificaciones_de_alguien"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["evento", "destinatario", "plantilla"], name="notificaciones_notificacion_unica"
            ),
        ]


class CorreoQuerySet(models.QuerySet["Correo"]):
    """The outbox, as the sender looks at it."""

    def por_enviar(self, ahora: datetime) -> "CorreoQuerySet":
        """Those whose turn has come, among them what a dead process left half way."""
        return self.filter(
            estado__in=[Correo.Estado.PENDIENTE, Correo.Estado.ENVIANDO], proximo_intento_en__lte=ahora
        )

    def sin_salir(self) -> "CorreoQuerySet":
        """Those that nobody will send by themselves: they failed for good or had lost their purpose."""
        return self.filter(estado__in=[Correo.Estado.FALLIDO, Correo.Estado.CADUCADO])

    def reintentar(self, ahora: datetime) -> list[int]:
        """Give those that did not go out all their attempts again, in a transaction; their keys."""
        pks = list(self.sin_salir().select_for_update().values_list("pk", flat=True))
        Correo.objects.filter(pk__in=pks).update(
            estado=Correo.Estado.PENDIENTE, intentos=0, proximo_intento_en=ahora
        )
        return pks


def nuevo_message_id() -> str:
    """A Message-ID for life: a repeated sending is recognised as the same mail (RFC 5322 §3.6.4)."""
    return f"<{uuid4()}@{dominio()}>"


def dominio() -> str:
    """Whose mails these are, in their Message-ID."""
    return urlsplit(settings.URL_PUBLICA).hostname or ""


class Correo(Mensaje):
    """A mail owed to someone, and how its sending goes.

    While `enviando`, `proximo_intento_en` is when whoever took it is given up for dead.
    """

    class Estado(models.TextChoices):
        PENDIENTE = "pendiente", "Pendiente"
        ENVIANDO = "enviando", "Enviando"
        ENVIADO = "enviado", "Enviado"
        FALLIDO = "fallido", "Fallido"
        CADUCADO = "caducado", "Ya no procede"

    destinatario = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="destinatario",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    para = CampoBuzon("para")
    estado = models.CharField("estado", max_length=9, choices=Estado.choices, default=Estado.PENDIENTE)
    intentos = models.PositiveSmallIntegerField("intentos", default=0)
    proximo_intento_en = models.DateTimeField("próximo intento en", default=timezone.now)
    tomado_en = models.DateTimeField("tomado en", null=True)
    ultimo_error = models.CharField("último error", max_length=500, blank=True)
    message_id = models.CharField("Message-ID", max_length=200, unique=True, default=nuevo_message_id)
    creado_en = models.DateTimeField("creado en", default=timezone.now)
    enviado_en = models.DateTimeField("enviado en", null=True)

    objects = CorreoQuerySet.as_manager()

    class Meta:
        verbose_name = "correo"
        verbose_name_plural = "correos"
        indexes = [
            models.Index(
                fields=["proximo_intento_en"],
                condition=Q(estado__in=["pendiente", "enviando"]),
                name="notificaciones_por_enviar",
            ),
            # The few that somebody waits for, however many notices are due before them.
            models.Index(
                fields=["proximo_intento_en"],
                condition=Q(estado__in=["pendiente", "enviando"], gestion__isnull=True),
                name="notificaciones_que_se_esperan",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["evento", "destinatario", "plantilla"],
                condition=Q(evento__isnull=False),
                name="notificaciones_correo_unico",
            ),
            en_forma_normal("para", name="notificaciones_correo_para_normal"),
            models.CheckConstraint(
                condition=Q(estado__in=["pendiente", "enviando", "enviado", "fallido", "caducado"]),
                name="notificaciones_correo_estado_conocido",
            ),
            models.CheckConstraint(
                condition=Q(estado="enviado", enviado_en__isnull=False)
                | (~Q(estado="enviado") & Q(enviado_en__isnull=True)),
                name="notificaciones_correo_enviado_con_fecha",
            ),
            models.CheckConstraint(
                condition=Q(estado="pendiente") | Q(tomado_en__isnull=False, intentos__gt=0),
                name="notificaciones_correo_tomado",
            ),
            models.CheckConstraint(
                condition=~Q(estado="enviando") | Q(proximo_intento_en__gt=F("tomado_en")),
                name="notificaciones_correo_prestamo",
            ),
        ]

    @property
    def de_una_cuenta(self) -> bool:
        """Whether it tells of no act: somebody waits for its link, which is used once."""
        return self.evento_id is None and self.gestion is None


class FallaPorContar(models.Model):
    """A notice that failed and no daily summary told yet: the summary looks here, not through the log."""

    evento = models.OneToOneField(
        "bitacora.Evento", verbose_name="evento", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "falla por contar"
        verbose_name_plural = "fallas por contar"

    def __str__(self) -> str:
        return f"Falla {self.evento_id}"
