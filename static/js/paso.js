/** A step's form: municipalities follow their department, and what is typed saves itself. */

// --- Municipalities: the select keeps only the group of the chosen department --------------------
document.querySelectorAll("select[data-depende]").forEach((municipio) => {
  const departamento = municipio.form.elements[municipio.dataset.depende];
  const grupos = [...municipio.querySelectorAll("optgroup")];
  const filtrar = () => {
    const nombre = departamento.value && departamento.selectedOptions[0].label;
    municipio.querySelectorAll("optgroup").forEach((g) => g.remove());
    municipio.append(...grupos.filter((g) => !nombre || g.label === nombre));
  };
  departamento.addEventListener("change", () => {
    municipio.value = "";
    filtrar();
  });
  filtrar();
});

// --- Autosave: only ever adds safety; «Continuar» works the same with or without it --------------
const PAUSA = 1_500;
const REINTENTO = 15_000;
document.querySelectorAll("form[data-autoguardado]").forEach((formulario) => {
  const estado = formulario.querySelector("[data-guardado]");
  let guardado = huella(formulario);
  let reloj;
  let enCurso = null;
  let detenido = false;

  const decir = (clave) => {
    if (!estado) return;
    const hora = new Intl.DateTimeFormat("es-GT", { hour: "2-digit", minute: "2-digit", hour12: false });
    estado.textContent = estado.dataset[clave].replace("{hora}", hora.format(new Date()));
  };
  const esperar = (tiempo) => {
    clearTimeout(reloj);
    if (!detenido) reloj = setTimeout(guardar, tiempo);
  };
  const detener = (clave) => {
    detenido = true;
    clearTimeout(reloj);
    decir(clave);
  };

  async function guardar(alSalir = false) {
    const actual = huella(formulario);
    if (detenido || enCurso || actual === guardado) return;
    const datos = new FormData(formulario);
    datos.set("accion", "autoguardar");
    enCurso = new AbortController();
    try {
      const respuesta = await fetch(formulario.action, {
        method: "POST", body: datos, redirect: "manual", keepalive: alSalir === true, signal: enCurso.signal,
      });
      if (respuesta.ok) {
        guardado = actual;
        decir("listo");
        document.dispatchEvent(new Event("ceo:actividad"));
      } else if (respuesta.status >= 500) throw new Error(respuesta.status);
      else detener(respuesta.status === 409 ? "cambio" : "cerrada");
    } catch (error) {
      if (error.name === "AbortError") return;
      decir("fallo");
      esperar(REINTENTO);
      return;
    } finally {
      enCurso = null;
    }
    if (huella(formulario) !== guardado) esperar(PAUSA);
  }

  formulario.addEventListener("input", () => esperar(PAUSA));
  formulario.addEventListener("change", () => esperar(PAUSA));
  // What is sent now is newer than any draft on its way, which must not land after it.
  formulario.addEventListener("submit", () => {
    clearTimeout(reloj);
    enCurso?.abort();
    guardado = huella(formulario);
  });
  document.addEventListener("visibilitychange", () => document.hidden && guardar(true));
});

/** What the form holds, as one string. */
function huella(formulario) {
  return new URLSearchParams(new FormData(formulario)).toString();
}
