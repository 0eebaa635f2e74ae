"""What is missing to send: of a draft, its steps; of a correction, what was observed (T1, T3)."""

from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress

from tramites.definicion import ClasePaso, etiqueta, orden
from tramites.models import Gestion

from .correccion import Correccion
from .pasos import exigir_alcanzado
from .rechazos import AccionRechazada, PasoPendiente, RenglonPendiente


def exigir_correo(actor: Any) -> None:
    """The account's mail is verified: what ONSEC answers has somewhere to arrive (T1)."""
    if not EmailAddress.objects.filter(user=actor, verified=True).exists():
        raise AccionRechazada("Primero confirme su correo. Podemos enviarle otro mensaje.")


def exigir_completa(gestion: Gestion) -> None:
    """Every step of the draft before the last holds (T1); `PasoPendiente` with the first that does not."""
    exigir_alcanzado(gestion, gestion.de_clase(ClasePaso.VALIDACION))


def exigir_corregida(gestion: Gestion) -> None:
    """Everything observed was redone; nothing observed stays (T3)."""
    for falta in por_corregir(gestion):
        raise falta


def por_corregir(gestion: Gestion) -> Iterator[PasoPendiente | RenglonPendiente]:
    """What is missing to send the correction, in the order in which it is done."""
    correccion = Correccion.de(gestion)
    if pendiente := correccion.paso_pendiente():
        yield PasoPendiente(pendiente)
    elif gestion.formulario_vigente is None:
        yield PasoPendiente(gestion.de_clase(ClasePaso.ENTERADO))
    faltan = correccion.sin_archivo_nuevo()
    if faltan:
        lista = ", ".join(f"{r.etiqueta}. {r.nombre}" for r in map(gestion.renglon, faltan))
        yield RenglonPendiente(faltan, f"Cargue un archivo nuevo en: {lista}. Después presione «Continuar».")
    presentes = {d.renglon for d in correccion.observados_presentes()}
    for renglon in sorted(presentes - set(faltan), key=orden):
        documento = f"el documento {etiqueta(renglon)}"
        yield RenglonPendiente(
            [renglon], f"Elimine el archivo observado en {documento} y cargue el corregido."
        )
