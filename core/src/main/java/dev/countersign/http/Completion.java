package dev.countersign.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The rules of {@link Challenge#completedWith}, one method each. */
final class Completion {

  private record Param(String name, String value) {}

  private final AuthParams existing;
  private final AuthParams ours;

  private Completion(AuthParams existing, AuthParams ours) {
    this.existing = existing;
    this.ours = ours;
  }

  static Challenge of(Challenge existing, Challenge ours) {
    if (ours.authParams().isEmpty()) {
      return existing;
    }
    Completion completion = new Completion(existing.authParams(), ours.authParams());
    Challenge completed = new Challenge(ours.scheme(), "", completion.params());
    return completed.fits() ? completed : ours;
  }

  private AuthParams params() {
    List<Param> params = new ArrayList<>();
    existing.forEach(
        (name, value) -> {
          if (stays(name, value)) {
            params.add(new Param(canonical(name), value));
          }
        });
    ours.forEach(
        (name, value) -> {
          if (isMissing(name) && isAboutTheResult(name)) {
            params.add(new Param(name, value));
          }
        });
    params.sort(Comparator.comparingInt(Completion::rank));
    AuthParams.Collector collector = new AuthParams.Collector();
    params.forEach(param -> collector.add(param.name, param.value));
    return collector.collected();
  }

  private boolean stays(String name, String value) {
    if (value.isEmpty()) {
      return false;
    }
    boolean replaceable = isResourceMetadata(name) && ours.containsKey(name);
    return !replaceable || MetadataUrl.of(value).isUsable();
  }

  private boolean isMissing(String name) {
    String value = existing.get(name);
    return value == null || !stays(name, value);
  }

  // A sentence or a page of ours about another error than the one that stays would mislead.
  private boolean isAboutTheResult(String name) {
    Optional<BearerParam> param = BearerParam.named(name);
    boolean describesError =
        param.isPresent()
            && (param.get() == BearerParam.ERROR_DESCRIPTION
                || param.get() == BearerParam.ERROR_URI);
    String error = existing.get(BearerParam.ERROR.wireName());
    return !describesError
        || error == null
        || error.isEmpty()
        || error.equals(ours.get(BearerParam.ERROR.wireName()));
  }

  private static boolean isResourceMetadata(String name) {
    return name.equalsIgnoreCase(BearerParam.RESOURCE_METADATA.wireName());
  }

  private static String canonical(String name) {
    return BearerParam.named(name).map(BearerParam::wireName).orElse(name);
  }

  private static int rank(Param param) {
    Optional<BearerParam> known = BearerParam.named(param.name);
    boolean misplaced =
        known.isPresent() && known.get() == BearerParam.REALM && !Misreadable.isPlain(param.value);
    return known.isEmpty() || misplaced ? BearerParam.EXTENSION_RANK : known.get().rank();
  }
}
