package dev.countersign.doctor.report;

import dev.countersign.doctor.check.CheckId;
import dev.countersign.doctor.check.Severity;
import dev.countersign.doctor.token.TokenVerdict;

/** The one question of whoever calls the doctor, answered in a few words. */
final class Answers {

  private Answers() {}

  static String verdict(Visit visit) {
    if (!visit.isReached()) {
      return "cannot be reached";
    }
    boolean one = visit.clients().size() == 1;
    long stopped = visit.clients().stream().filter(client -> client.stopped().isPresent()).count();
    if (one) {
      String name = visit.clients().get(0).client().title();
      return name + (stopped > 0 ? " cannot log in" : " reaches the login");
    }
    if (visit.count(Severity.ERROR) > 0) {
      if (stopped == 0) {
        return "the clients tried here reach the login, but there are errors";
      }
      boolean all = stopped > 0 && stopped == visit.clients().size();
      return all ? "no client can log in" : "some clients cannot log in";
    }
    if (visit.findings().stream().anyMatch(finding -> finding.check() == CheckId.D02)) {
      return "no token is needed";
    }
    return visit.exitCode() > 0
        ? "clients can log in, but this token would be refused"
        : "clients can log in, as far as can be seen from outside";
  }

  static String ofToken(TokenVerdict verdict) {
    return switch (verdict.kind()) {
      case ACCEPTED -> "Countersign accepts it";
      case MENDABLE -> "Countersign refuses it, unless it is told more";
      case REFUSED -> "Countersign refuses it";
      case NOT_JUDGED -> "Countersign cannot judge it alone";
    };
  }

  static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
