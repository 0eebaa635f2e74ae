"""What a step's page sent, merged with what stands before it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils import timezone

from tramites.acciones.guarda import con_candado
from tramites.acciones.guardar_paso import guardar_con_candado
from tramites.formularios import PasoForm
from tramites.fusion import Fusion, fundir
from tramites.models import Gestion
from tramites.reglas.pasos import exigir_paso_abierto


@dataclass(frozen=True)
class Guardado:
    """What became of what was typed in a step.

    `gestion` is as it was left, and `formulario` bound to the merged answers, of which `valores` were
    kept; with conflicts, and unless `parcial`, nothing was written. `sin_ver` are those of the fields in
    conflict that its page still shows.
    """

    gestion: Gestion
    formulario: PasoForm
    fusion: Fusion
    valores: dict[str, str] = field(default_factory=dict)
    sin_ver: dict[str, str] = field(default_factory=dict)
    anulada: int | None = None

    @cached_property
    def visto(self) -> dict[str, str]:
        """What its page may now take as seen."""
        return self.formulario.mostraria(self.valores) | self.sin_ver


def guardar_escrito(
    *,
    numero: int,
    actor: Any,
    clave: str,
    escrito: Mapping[str, str],
    visto: Mapping[str, str] | None,
    continuar: bool,
    parcial: bool,
    ahora: datetime,
) -> Guardado:
    """`guardar_paso` with what a page sent: only what it touched, over what stands under the lock.

    A field that somebody changed since the page was opened, to something else, is a conflict: the
    person chooses. `parcial` (the autosave) keeps the other fields meanwhile.
    """
    with transaction.atomic():
        gestion = con_candado(numero, actor)
        paso, hoy = gestion.paso(clave), timezone.localdate(ahora)
        exigir_paso_abierto(gestion, paso)
        guardado = gestion.formulario_abierto(paso, hoy).mostrado()
        fusion = fundir(visto=visto, escrito=escrito, guardado=guardado)
        form = paso.clase_formulario(fusion.valores, contexto=gestion.contexto_paso(hoy))
        valido = form.is_valid()
        if fusion.conflictos and not parcial:
            return Guardado(gestion, form, fusion)
        valores = form.valores() if valido else form.tecleado()
        anulada = guardar_con_candado(
            gestion=gestion,
            actor=actor,
            clave=clave,
            valores=valores,
            completa=valido,
            continuar=continuar,
            ahora=ahora,
        )
        sin_ver = {n: (visto or {}).get(n, "") for n in fusion.conflictos}
        return Guardado(gestion, form, fusion, valores, sin_ver, anulada)
