package dev.countersign.doctor.check;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Every check of the doctor. The names are stable: scripts and documents refer to them. */
public enum CheckId {

  // Reachability

  /** The URL can be reached. */
  D01(Part.REACHABILITY, "The URL can be reached", "L01"),
  /** initialize needs a token. */
  D02(Part.REACHABILITY, "initialize needs a token", "S01", "S28"),
  /** No authentication failure inside HTTP 200. */
  D03(Part.REACHABILITY, "No authentication failure inside HTTP 200", "S16"),
  /** No redirects. */
  D20(Part.REACHABILITY, "No redirects", "L10", "M66"),
  /** Discovery is not rate limited. */
  D28(Part.REACHABILITY, "Discovery is not rate limited", "M67"),
  /** Both slash spellings behave alike. */
  D29(Part.REACHABILITY, "Both slash spellings behave alike", "M13"),
  /** Emitted URLs have the origin that was typed. */
  D30(Part.REACHABILITY, "Emitted URLs have the origin that was typed", "L06", "M20"),
  /** Emitted URLs keep the path prefix. */
  D31(Part.REACHABILITY, "Emitted URLs keep the path prefix", "L09"),
  /** Every probe gets the same 401. */
  D32(Part.REACHABILITY, "Every probe gets the same 401", "H13", "H14", "H15", "K06"),
  /** No CSRF protection before authentication. */
  D34(Part.REACHABILITY, "No CSRF protection before authentication", "H13"),
  /** Origins of hosted clients are allowed. */
  D35(Part.REACHABILITY, "Origins of hosted clients are allowed", "H02", "H05"),
  /** No token from the query. */
  D36(Part.REACHABILITY, "No token from the query", "T06"),
  /** No edge service answers first. */
  D42(Part.REACHABILITY, "No edge service answers first", "S23"),
  /** An unknown session is 404. */
  D43(Part.REACHABILITY, "An unknown session is 404", "N06"),
  /** Metadata is at the origin, not in a context. */
  D57(Part.REACHABILITY, "Metadata is at the origin, not in a context", "M04", "M06"),
  /** A local server listens on the loopback alone. */
  D68(Part.REACHABILITY, "A local server listens on the loopback alone", "H07"),

  // Challenge

  /** A 401 has a challenge. */
  D04(Part.CHALLENGE, "A 401 has a challenge", "C01"),
  /** The challenge names the metadata. */
  D05(Part.CHALLENGE, "The challenge names the metadata", "S11"),
  /** No error without credentials. */
  D06(Part.CHALLENGE, "No error without credentials", "S02"),
  /** Every probe gets the same parameters. */
  D07(Part.CHALLENGE, "Every probe gets the same parameters", "H30", "U06"),
  /** The challenge names a scope. */
  D08(Part.CHALLENGE, "The challenge names a scope", "S12"),
  /** The challenge is well written. */
  D09(Part.CHALLENGE, "The challenge is well written", "C07", "C08", "C09", "C32", "C33"),
  /** The description misleads nobody. */
  D10(Part.CHALLENGE, "The description misleads nobody", "C17", "C34", "C35", "C36"),
  /** There is one challenge, and it is Bearer. */
  D11(Part.CHALLENGE, "There is one challenge, and it is Bearer", "C24", "C31"),
  /** A bad token is answered invalid_token. */
  D12(Part.CHALLENGE, "A bad token is answered invalid_token", "S05", "S06"),
  /** The challenge is short. */
  D13(Part.CHALLENGE, "The challenge is short", "C38", "U08"),
  /** The realm is no URL. */
  D14(Part.CHALLENGE, "The realm is no URL", "C21"),
  /** The metadata URL is absolute, https and on this origin. */
  D16(Part.CHALLENGE, "The metadata URL is absolute, https and on this origin", "C20", "M79"),
  /** The metadata URL leads to resource metadata. */
  D18(Part.CHALLENGE, "The metadata URL leads to resource metadata", "M03", "M14"),
  /** The challenge keeps its name. */
  D37(Part.CHALLENGE, "The challenge keeps its name", "C01"),
  /** The token reaches the server. */
  D39(Part.CHALLENGE, "The token reaches the server", "T01"),
  /** A 403 names the scope. */
  D44(Part.CHALLENGE, "A 403 names the scope", "S10", "U01"),
  /** Errors have a short JSON body. */
  D54(Part.CHALLENGE, "Errors have a short JSON body", "S23", "S25"),
  /** Clients read the challenge. */
  D59(
      Part.CHALLENGE,
      "Clients read the challenge",
      "C31",
      "C32",
      "C33",
      "C34",
      "C35",
      "C36",
      "C37"),
  /** A garbage token is refused. */
  D67(Part.CHALLENGE, "A garbage token is refused", "S05", "S18"),

  // Metadata

  /** Metadata is where clients look. */
  D15(Part.METADATA, "Metadata is where clients look", "M04", "M05"),
  /** Metadata is public. */
  D17(Part.METADATA, "Metadata is public", "M62"),
  /** No web page at a well-known URL. */
  D19(Part.METADATA, "No web page at a well-known URL", "M68"),
  /** Metadata is application/json. */
  D21(Part.METADATA, "Metadata is application/json", "M23"),
  /** Metadata is well formed. */
  D22(Part.METADATA, "Metadata is well formed", "M14", "M24", "M25", "M27", "M31"),
  /** Metadata names scopes. */
  D23(Part.METADATA, "Metadata names scopes", "M32"),
  /** Metadata names one authorization server. */
  D24(Part.METADATA, "Metadata names one authorization server", "M02", "M72"),
  /** All spellings serve the same document. */
  D25(Part.METADATA, "All spellings serve the same document", "M05", "M13"),
  /** The resource is the URL. */
  D26(Part.METADATA, "The resource is the URL", "M15", "M16"),
  /** No metadata for unknown paths. */
  D27(Part.METADATA, "No metadata for unknown paths", "M21"),
  /** Metadata answers HEAD. */
  D34B(Part.METADATA, "Metadata answers HEAD", "M63"),
  /** Only scopes of this resource. */
  D45(Part.METADATA, "Only scopes of this resource", "M34"),
  /** Metadata is cached for minutes. */
  D53(Part.METADATA, "Metadata is cached for minutes", "M60"),
  /** Legacy documents. */
  D56(Part.METADATA, "Legacy documents", "M82"),

  // Authorization server

  /** The authorization server knows the resource. */
  D38(Part.AUTHORIZATION_SERVER, "The authorization server knows the resource", "M15", "M74"),
  /** Authorization server metadata can be found. */
  D46(Part.AUTHORIZATION_SERVER, "Authorization server metadata can be found", "M70"),
  /** Browsers can reach the authorization server. */
  D47(Part.AUTHORIZATION_SERVER, "Browsers can reach the authorization server", "M65"),
  /** PKCE with S256. */
  D48(Part.AUTHORIZATION_SERVER, "PKCE with S256", "M75"),
  /** Clients can register. */
  D49(Part.AUTHORIZATION_SERVER, "Clients can register", "M76"),
  /** The authorization server is public. */
  D50(Part.AUTHORIZATION_SERVER, "The authorization server is public", "L12"),
  /** Keys can be loaded. */
  D51(Part.AUTHORIZATION_SERVER, "Keys can be loaded", "M73"),
  /** Features of the authorization server. */
  D60(Part.AUTHORIZATION_SERVER, "Features of the authorization server", "M76"),
  /** The authorization server knows the scopes. */
  D61(Part.AUTHORIZATION_SERVER, "The authorization server knows the scopes", "M32"),

  // Token

  /** The audience is the resource. */
  D40(Part.TOKEN, "The audience is the resource", "J28"),
  /** The audience is the origin. */
  D41(Part.TOKEN, "The audience is the origin", "J32"),
  /** Clocks agree. */
  D52(Part.TOKEN, "Clocks agree", "J38"),
  /** The token is good for one resource only. */
  D55(Part.TOKEN, "The token is good for one resource only", "Z06"),
  /** The token is an access token. */
  D58(Part.TOKEN, "The token is an access token", "J42"),
  /** The token can be read. */
  D62(Part.TOKEN, "The token can be read", "J52"),
  /** The issuer is the advertised one. */
  D63(Part.TOKEN, "The issuer is the advertised one", "M70"),
  /** Scopes are where they are looked for. */
  D64(Part.TOKEN, "Scopes are where they are looked for", "U01"),
  /** The token is short-lived. */
  D65(Part.TOKEN, "The token is short-lived", "J35"),
  /** Users stay logged in. */
  D66(Part.TOKEN, "Users stay logged in", "M34"),
  /** No secret in a header field. */
  D69(Part.TOKEN, "No secret travels in a field of its own", "H27"),
  /** The token opens a tool. */
  D70(Part.TOKEN, "The scopes of the challenge open a tool", "U27"),

  // Browser

  /** Preflights are answered. */
  D33(Part.BROWSER, "Preflights are answered", "H09", "H10", "H11");

  /** What a check looks at. */
  public enum Part {
    /** Whether and how the endpoint answers. */
    REACHABILITY,
    /** The {@code WWW-Authenticate} field. */
    CHALLENGE,
    /** Protected resource metadata. */
    METADATA,
    /** The authorization server, seen from a client. */
    AUTHORIZATION_SERVER,
    /** A token that was given. */
    TOKEN,
    /** What pages in a browser need. */
    BROWSER
  }

  private final Part part;
  private final String title;
  private final List<String> requirements;

  CheckId(Part part, String title, String... requirements) {
    this.part = part;
    this.title = title;
    this.requirements = List.of(requirements);
  }

  /**
   * What the check looks at.
   *
   * @return the part of the conversation
   */
  public Part part() {
    return part;
  }

  /**
   * What is so when nothing is wrong.
   *
   * @return a short statement
   */
  public String title() {
    return title;
  }

  /**
   * The rules that it holds a server to.
   *
   * @return the IDs of requirements, {@code S11} for instance; unmodifiable
   */
  public List<String> requirements() {
    return requirements;
  }

  /**
   * The check of a name.
   *
   * @param name {@code D05} for instance
   * @return the check; empty if there is none of that name
   */
  public static Optional<CheckId> of(String name) {
    return Arrays.stream(values()).filter(id -> id.name().equalsIgnoreCase(name)).findFirst();
  }
}
