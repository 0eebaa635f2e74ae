"""Who someone is: the account, the legal texts and what each person accepted."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower, Trim

from bitacora.models import FilaInmutable, SoloAgregar
from escritura import correo as regla_correo


class CampoBuzon(models.EmailField):
    """A mailbox: kept, compared and unique in its one spelling, whoever writes or asks (decision 19)."""

    def get_prep_value(self, value: Any) -> Any:
        preparado = super().get_prep_value(value)
        return regla_correo.normal(preparado) if isinstance(preparado, str) else preparado

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        valor = super().pre_save(model_instance, add)
        if isinstance(valor, str):
            setattr(model_instance, self.attname, regla_correo.normal(valor))
        return getattr(model_instance, self.attname)


# A person's name, in its order.
NOMBRES = ("primer_nombre", "segundo_nombre", "primer_apellido", "segundo_apellido")


def nombre_completo(*partes: str | None) -> str:
    """Names and surnames, as registered; those that somebody has."""
    return " ".join(p for p in partes if p)


def en_forma_normal(campo: str, *, name: str) -> models.CheckConstraint:
    """That a mailbox is in normal form, as far as SQL can say it: lower case, trimmed (decision 26)."""
    return models.CheckConstraint(condition=Q(**{campo: Trim(Lower(campo))}), name=name)


class UsuarioManager(BaseUserManager["Usuario"]):
    """Builds accounts; the sign-in name follows from the kind."""

    # Annotations that every page shows of its visitor; other apps add theirs (notificaciones/apps.py).
    de_cada_pagina: ClassVar[dict[str, Any]] = {}

    def de_la_visita(self) -> models.QuerySet["Usuario"]:
        """Accounts with what every page shows of them, in one query."""
        return self.annotate(**self.de_cada_pagina)

    def get_by_natural_key(self, username: str | None) -> "Usuario":
        return self.get(usuario=username)

    def crear_ciudadano(self, *, cui: str, email: str, password: str | None, **datos: Any) -> "Usuario":
        """A citizen, who signs in with the CUI (13 digits)."""
        return self._crear(
            tipo=Usuario.Tipo.CIUDADANO, usuario=cui, cui=cui, email=email, password=password, **datos
        )

    def crear_personal(self, *, email: str, papel: str, password: str | None, **datos: Any) -> "Usuario":
        """Staff of ONSEC, who sign in with their e-mail."""
        return self._crear(
            tipo=Usuario.Tipo.PERSONAL,
            usuario=regla_correo.normal(email),
            email=email,
            papel=papel,
            password=password,
            **datos,
        )

    def de_ingreso(self, nombre: str) -> "Usuario | None":
        """The confirmed account that signs in with that CUI or lower-case e-mail; None if there is none."""
        confirmadas = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
        campo = "email" if "@" in nombre else "usuario"
        return self.filter(Exists(confirmadas), **{campo: nombre}).first()

    def _crear(self, *, password: str | None, email: str, **datos: Any) -> "Usuario":
        usuario = self.model(email=regla_correo.normal(email), **datos)
        usuario.set_password(password)
        usuario.save(using=self._db)
        return usuario


class Usuario(AbstractBaseUser):
    """An account: a citizen (one CUI) or a member of ONSEC's staff (one role), which alone gives power."""

    class Tipo(models.TextChoices):
        CIUDADANO = "ciudadano", "Ciudadano(a)"
        PERSONAL = "personal", "Personal de ONSEC"

    class Papel(models.TextChoices):
        ANALISTA = "analista", "Analista"
        JEFATURA = "jefatura", "Jefatura"
        ADMINISTRACION = "administracion", "Administración"
        AUDITORIA = "auditoria", "Auditoría"
        CONSULTA = "consulta", "Consulta"

    usuario = models.CharField("usuario", max_length=254, unique=True, editable=False)
    tipo = models.CharField("tipo", max_length=10, choices=Tipo.choices)
    papel = models.CharField("papel", max_length=14, choices=Papel.choices, blank=True)
    cui = models.CharField("CUI", max_length=13, null=True, blank=True, db_index=True)
    email = CampoBuzon("correo electrónico")
    primer_nombre = models.CharField("primer nombre", max_length=60)
    segundo_nombre = models.CharField("segundo nombre", max_length=60, blank=True)
    primer_apellido = models.CharField("primer apellido", max_length=60)
    segundo_apellido = models.CharField("segundo apellido", max_length=60, blank=True)
    fecha_nacimiento = models.DateField("fecha de nacimiento", null=True, blank=True)
    is_active = models.BooleanField("activo", default=True)
    creado_en = models.DateTimeField("creado en", auto_now_add=True)
    # Sessions begun before it last grew are over (acciones/cerrar_sesiones.py). The database fills it in
    # for a version of the portal that does not know it yet.
    generacion = models.PositiveIntegerField(
        "generación de sesiones", default=0, db_default=0, editable=False
    )

    USERNAME_FIELD = "usuario"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    objects = UsuarioManager()

    class Meta:
        verbose_name = "usuario"
        verbose_name_plural = "usuarios"
        indexes = [
            # The few of the staff, among all who ever registered.
            models.Index(fields=["papel"], condition=Q(tipo="personal"), name="cuentas_usuario_personal"),
            # Of one spelling, it is asked for as it is: signing in, recovering.
            models.Index(fields=["email"], name="cuentas_usuario_correo"),
        ]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="cuentas_usuario_correo_unico"),
            en_forma_normal("email", name="cuentas_usuario_correo_normal"),
            en_forma_normal("usuario", name="cuentas_usuario_usuario_normal"),
            models.UniqueConstraint(
                fields=["cui"], condition=Q(tipo="ciudadano"), name="cuentas_usuario_cui_unico_de_ciudadano"
            ),
            # Nobody of ONSEC is two accounts: their CUI says which Gestión is theirs (decision 15).
            models.UniqueConstraint(
                fields=["cui"],
                condition=Q(tipo="personal") & ~Q(cui=""),
                name="cuentas_usuario_cui_unico_del_personal",
            ),
            models.CheckConstraint(
                condition=Q(tipo="ciudadano", cui__isnull=False, papel="")
                | (Q(tipo="personal") & ~Q(papel="")),
                name="cuentas_usuario_tipo_coherente",
            ),
        ]

    def __str__(self) -> str:
        return self.nombre_completo

    @property
    def nombre_completo(self) -> str:
        """Names and surnames, as registered."""
        return nombre_completo(*(getattr(self, parte) for parte in NOMBRES))

    @property
    def es_ciudadano(self) -> bool:
        return self.tipo == self.Tipo.CIUDADANO

    @property
    def es_personal(self) -> bool:
        return self.tipo == self.Tipo.PERSONAL

    @property
    def is_staff(self) -> bool:
        """Whether the Django admin opens: only administración."""
        return self.es_personal and self.papel == self.Papel.ADMINISTRACION

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's permissions serve its admin alone; each page there says what it never allows."""
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.has_perm(app_label)

    def get_session_auth_hash(self) -> str:
        """A new password, role or `generacion` closes the sessions begun before it (S35)."""
        return super().get_session_auth_hash() + self._poder()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same by each of SECRET_KEY_FALLBACKS: a rotation signs nobody out."""
        for resumen in super().get_session_auth_fallback_hash():
            yield resumen + self._poder()

    def _poder(self) -> str:
        return f":{self.papel}" + (f":{self.generacion}" if self.generacion else "")


class Registro(models.Model):
    """What somebody registered with and has not confirmed yet; only then is there an account.

    So it keeps neither CUI nor address from anybody, and whether they were taken already shows nowhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    cui = models.CharField("CUI", max_length=13)
    correo = CampoBuzon("correo electrónico")
    clave = models.CharField("contraseña cifrada", max_length=128)
    primer_nombre = models.CharField("primer nombre", max_length=60)
    segundo_nombre = models.CharField("segundo nombre", max_length=60, blank=True)
    primer_apellido = models.CharField("primer apellido", max_length=60)
    segundo_apellido = models.CharField("segundo apellido", max_length=60, blank=True)
    fecha_nacimiento = models.DateField("fecha de nacimiento")
    ip = models.GenericIPAddressField("dirección IP", null=True)
    agente = models.CharField("agente de usuario", max_length=300, blank=True)
    pedido_en = models.DateTimeField("pedido en", db_index=True)
    correcciones = models.PositiveSmallIntegerField("correcciones del correo", default=0)

    class Meta:
        verbose_name = "registro sin confirmar"
        verbose_name_plural = "registros sin confirmar"
        constraints = [en_forma_normal("correo", name="cuentas_registro_correo_normal")]

    def __str__(self) -> str:
        return f"Registro {self.pk}"


class Recuperacion(models.Model):
    """Someone asked to recover a password, of an account that exists or not; it goes once attended."""

    dato = models.CharField("CUI o correo", max_length=320)
    pedida_en = models.DateTimeField("pedida en")

    class Meta:
        verbose_name = "petición de recuperar la contraseña"
        verbose_name_plural = "peticiones de recuperar la contraseña"

    def __str__(self) -> str:
        return f"Petición {self.pk}"


class DocumentoLegalQuerySet(SoloAgregar["DocumentoLegal"]):
    def vigente(self, tipo: str, *, ahora: datetime) -> "DocumentoLegal":
        """The version in force at `ahora`; raises DocumentoLegal.DoesNotExist."""
        return self.filter(tipo=tipo, vigente_desde__lte=ahora).latest("vigente_desde", "version")


class DocumentoLegal(FilaInmutable):
    """One version of a text that people accept; a correction is a new version."""

    class Tipo(models.TextChoices):
        TERMINOS = "terminos", "Términos de uso y condiciones"
        PRIVACIDAD = "privacidad", "Aviso de privacidad"
        DECLARACION = "declaracion", "Declaración de leer y escribir"

    tipo = models.CharField("tipo", max_length=12, choices=Tipo.choices)
    version = models.PositiveIntegerField("versión")
    titulo = models.CharField("título", max_length=120)
    texto = models.TextField("texto")
    sha256 = models.CharField("SHA-256 del texto", max_length=64, editable=False)
    vigente_desde = models.DateTimeField("vigente desde")

    objects = DocumentoLegalQuerySet.as_manager()

    class Meta:
        verbose_name = "documento legal"
        verbose_name_plural = "documentos legales"
        constraints = [
            models.UniqueConstraint(fields=["tipo", "version"], name="cuentas_documento_legal_version")
        ]

    def __str__(self) -> str:
        return f"{self.titulo}, versión {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sha256 = hashlib.sha256(self.texto.encode()).hexdigest()
        super().save(*args, **kwargs)

    @property
    def bloques(self) -> list[tuple[str, str | list[str]]]:
        """The text for the screen: ("titulo" | "lista" | "parrafo", content), from «## » and «- » marks."""
        return [_bloque(crudo) for crudo in self.texto.strip().split("\n\n")]


def _bloque(crudo: str) -> tuple[str, str | list[str]]:
    if crudo.startswith("## "):
        return "titulo", crudo.removeprefix("## ")
    if crudo.startswith("- "):
        return "lista", [linea.removeprefix("- ") for linea in crudo.splitlines()]
    return "parrafo", crudo


class Aceptacion(FilaInmutable):
    """Someone accepted one version of a text: which, when and from where (seguridad.md, "Consent record")."""

    usuario = models.ForeignKey(
        Usuario, verbose_name="usuario", on_delete=models.PROTECT, related_name="aceptaciones"
    )
    documento = models.ForeignKey(
        DocumentoLegal, verbose_name="documento", on_delete=models.PROTECT, related_name="aceptaciones"
    )
    aceptado_en = models.DateTimeField("aceptado en")
    ip = models.GenericIPAddressField("dirección IP", null=True)
    agente = models.CharField("agente de usuario", max_length=300, blank=True)

    objects = SoloAgregar["Aceptacion"].as_manager()

    class Meta:
        verbose_name = "aceptación"
        verbose_name_plural = "aceptaciones"
        constraints = [
            models.UniqueConstraint(fields=["usuario", "documento"], name="cuentas_aceptacion_unica")
        ]

    def __str__(self) -> str:
        return f"{self.documento} · {self.aceptado_en:%d-%m-%Y %H:%M:%S}"
