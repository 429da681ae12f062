/** An application on the module path: sees what the libraries export, and nothing else. */
module dev.countersign.it.modulepath {
  requires dev.countersign.servlet;
}
