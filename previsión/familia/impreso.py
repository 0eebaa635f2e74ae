"""The printed form: the steps up to the confirmation on paper, to be signed in its two places."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from papeles.generar import en_filas, qr
from papeles.impreso import Impreso
from tramites.definicion import Congelado

from .acta import acta
from .juramento import Declaracion

PLANTILLA = "prevision/comun/impreso/formulario.html"


@dataclass(frozen=True, kw_only=True)
class FormularioImpreso:
    """The one paper to be signed and loaded in the form's renglón (B5.3), for the procedure of that name.

    `enterado` is the template with the numerals of which the person is aware.
    """

    nombre: str
    declaracion: Declaracion
    enterado: str
    plantilla: str = PLANTILLA

    def __call__(self, congelado: Congelado) -> Impreso:
        return Impreso(
            plantilla=self.plantilla,
            titulo=f"Formulario de Solicitud de {self.nombre}. Gestión No. {congelado.numero}",
            contexto={
                "numero": congelado.numero,
                "nombre": self.nombre,
                "congelado": congelado,
                "enterado": self.enterado,
                "huella": [congelado.resumen[i : i + 4] for i in range(0, 16, 4)],
                "codigo_qr": _sello(congelado),
                "acta": acta(
                    nombre_completo=congelado.nombre_completo,
                    cui=congelado.cui,
                    fecha=congelado.fecha_acta,
                    meses_archivo=congelado.meses_archivo,
                ),
                "solicitante": en_filas(congelado.pasos["datos-generales"]["legibles"]),
                "datos": en_filas(congelado.pasos["beneficiario"]["legibles"]),
                "declaracion": self.declaracion.impresa(congelado.pasos["juramento"]["valores"]),
            },
        )


def _sello(congelado: Congelado) -> SafeString:
    """The QR that ties the paper to its frozen version; it holds no personal datum."""
    return qr(
        f"CEO:{congelado.numero}:{congelado.version}:{congelado.codigo}",
        f"Código QR de la Gestión No. {congelado.numero}, versión {congelado.version} del formulario",
    )
