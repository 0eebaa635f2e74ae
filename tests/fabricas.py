"""One factory per model; each builds the least that the database accepts."""

from uuid import uuid4

import factory
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone

from cuentas.models import Usuario
from notificaciones.models import Correo, Notificacion
from tramites.models import Documento, Gestion


def cui(n: int) -> str:
    """The n-th synthetic CUI of Guatemala, Guatemala, its check digit right (cui.md §1)."""
    correlativo = str(30_000_000 + 100 * n)
    for cola in range(100):
        cuerpo = correlativo[:6] + f"{cola:02}"
        digito = sum(int(d) * peso for d, peso in zip(cuerpo, range(2, 10), strict=True)) % 11
        if digito < 10:
            return f"{cuerpo}{digito}0101"
    raise ValueError(n)


class CiudadanoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Usuario

    tipo = Usuario.Tipo.CIUDADANO
    cui = factory.Sequence(cui)
    usuario = factory.SelfAttribute("cui")
    email = factory.Sequence(lambda n: f"persona{n}@demo.gt")
    primer_nombre = "ROSALINDA"
    primer_apellido = "TZOC"


class PersonalFactory(factory.django.DjangoModelFactory):
    """Staff of ONSEC; an analyst unless told otherwise."""

    class Meta:
        model = Usuario

    tipo = Usuario.Tipo.PERSONAL
    papel = Usuario.Papel.ANALISTA
    cui = factory.Sequence(lambda n: cui(300_000 + n))  # far from the citizens'
    email = factory.Sequence(lambda n: f"personal{n}@demo.gt")
    usuario = factory.SelfAttribute("email")
    primer_nombre = "ANA LUCÍA"
    primer_apellido = "BATZ"


class GestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Gestion

    solicitante = factory.SubFactory(CiudadanoFactory)
    tramite = "invalidez"
    tramite_version = 1
    ficha = factory.LazyFunction(uuid4)
    meses_archivo = settings.MESES_ARCHIVO
    creada_en = factory.LazyFunction(timezone.now)
    ultima_accion_en = factory.SelfAttribute("creada_en")
    titular_nombre = factory.LazyAttribute(lambda g: g.solicitante.nombre_completo)
    titular_busqueda = factory.LazyAttribute(lambda g: g.titular_nombre.lower())
    titular_cui = factory.LazyAttribute(lambda g: g.solicitante.cui)


class CorreoFactory(factory.django.DjangoModelFactory):
    """A mail of an account, without an act behind."""

    class Meta:
        model = Correo

    destinatario = factory.SubFactory(CiudadanoFactory)
    para = factory.SelfAttribute("destinatario.email")
    plantilla = "cuenta_verificada"
    asunto = "Su cuenta del portal CEO está lista"


class NotificacionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notificacion

    destinatario = factory.SubFactory(CiudadanoFactory)
    plantilla = "cuenta_verificada"
    asunto = "Su cuenta del portal CEO está lista"
    creada_en = factory.LazyFunction(timezone.now)


class DocumentoFactory(factory.django.DjangoModelFactory):
    """A file already accepted, without going through its inspection."""

    class Meta:
        model = Documento

    gestion = factory.SubFactory(GestionFactory)
    renglon = 2
    nombre = factory.LazyAttribute(lambda d: f"documento {d.renglon}.pdf")
    archivo = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.4", name="documento.pdf"))
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    tamano = 8
    paginas = 1
    ficha = factory.LazyFunction(uuid4)
    subido_en = factory.LazyFunction(timezone.now)
