// What scrolls can be reached by the keyboard, and what opens a part of the list of pages says of which.
{
  const mend = () => {
    for (const wide of document.querySelectorAll(".bd-article table, .bd-article div.math")) {
      if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
    }
    for (const opener of document.querySelectorAll("summary:has(.toctree-toggle)")) {
      const page = opener.closest("li").querySelector("a");
      opener.setAttribute("aria-label", `Pages of ${page.textContent.trim()}`);
    }
  };
  window.addEventListener("load", mend);
  window.addEventListener("resize", mend);
}
