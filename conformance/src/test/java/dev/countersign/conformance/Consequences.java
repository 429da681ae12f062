package dev.countersign.conformance;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which other rules cannot be kept where one is broken: a challenge that is not there has no scope
 * either. Read it as a list of what the suite says twice.
 */
final class Consequences {

  private static final Map<String, String> OF_RULES =
      Map.ofEntries(
          Map.entry("C01 a 401 has a challenge", "C03 C31 D21 D22 D23 H15 S11 S12 S13"),
          Map.entry("C03 the scheme is Bearer", "C31 D23 H15 S11 S12 S13"),
          Map.entry("C04 no bare Bearer", "C31 H15 S11 S12 S13"),
          Map.entry("C06 each parameter once", "D22"),
          Map.entry("C09 a comma between parameters", "D22"),
          Map.entry("C11 the metadata URL is quoted", "D22"),
          Map.entry("C14 only characters that a field may have", "D22"),
          Map.entry("C20 the metadata URL is absolute", "M79 S13"),
          Map.entry("C24 Bearer comes first", "C31"),
          Map.entry("C25 no folded lines", "H15 S11 S13"),
          Map.entry("C27 parameters only", "H15 S11 S12 S13"),
          Map.entry("C31 the field begins with Bearer", "C23 C24"),
          Map.entry("C32 Bearer with a capital B only", "C31"),
          Map.entry("M79 the metadata URL has the origin of the resource", "S13"),
          Map.entry("S11 the challenge names the metadata", "H15 S13"),
          Map.entry("S01 no token: 401", "C01 K06 K12 L08 N01 N02 S14 T06 T07 T10 T11 T12"),
          Map.entry("S02 no token: no error", "D23 H30 T07"),
          Map.entry("S05 a bad token: 401", "S06 S34"),
          Map.entry("S06 a bad token: invalid_token", "D24"),
          Map.entry("S14 each request needs its token", "N02 T12"),
          Map.entry(
              "S16 no refusal inside HTTP 200",
              "C01 K03 K06 K12 L08 N01 N02 S01 S14 T06 T07 T10 T11 T12"),
          Map.entry("T06 no token from the query", "T07"),
          Map.entry("T13 two Authorization lines are refused", "S08"),
          Map.entry("H14 GET needs a token", "H15"),
          Map.entry("J51 a good token is admitted", "T01"),
          Map.entry("T01 the Authorization field is read", "J51"),
          Map.entry("J35 an expired token is refused", "S33"),
          Map.entry("J28 a token for another resource is refused", "S33"),
          Map.entry("I01 the question is a form with the token", "I02"),
          Map.entry("J01 what cannot be checked is not admitted", "I05 I10"),
          Map.entry("M01 there is metadata", "M03 M04 M60 M61 M62 M63 M65 M80 M81"),
          Map.entry("M02 it names the authorization server", "M70"),
          Map.entry("M14 resource is a string", "M15"),
          Map.entry("M24 it is one JSON object in UTF-8", "M04"),
          Map.entry("M38 it names no method that there is not", "M37"),
          Map.entry("M39 it names no token in the query", "M37"),
          Map.entry("M62 it needs no token", "M03 M04"),
          Map.entry("M66 no redirect leads to it", "M03 M04"),
          Map.entry("M47 no algorithm of proofs is symmetric", "D21"),
          Map.entry("S09 too little scope: 403", "S10 U09"),
          Map.entry("C02 that 403 has a challenge", "S10 S13 U01"),
          Map.entry("S10 that 403 names the scope", "U01"),
          Map.entry("U01 all scopes of a call at once", "U24"),
          Map.entry("U22 no acr and no auth_time: 401", "S32 U21 U23"),
          Map.entry("N05 a session is its user's", "N06"),
          Map.entry("D01 a bound token with its proof is admitted", "D18"),
          Map.entry("D31 a proof without nonce is refused", "D26"),
          Map.entry("D20 no proof: 401 with a DPoP challenge", "D20"));

  private Consequences() {}

  /** The IDs of the rules that break together with this one. */
  static Set<String> of(String rule) {
    String ids = OF_RULES.getOrDefault(rule, "");
    return ids.isEmpty() ? Set.of() : new TreeSet<>(Set.of(ids.split(" ")));
  }
}
