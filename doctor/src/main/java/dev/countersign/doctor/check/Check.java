package dev.countersign.doctor.check;

import java.util.List;

/** Looks at a site. */
@FunctionalInterface
public interface Check {

  /**
   * Looks at a site. What other checks have asked already is not asked again.
   *
   * @param site the site
   * @return what is wrong, or good to know; empty if all is well
   */
  List<Finding> look(Site site);
}
