package dev.countersign.doctor.check;

/** Every check of the doctor. The names are stable: scripts and documents refer to them. */
public enum CheckId {

  // Reachability

  /** The URL can be reached. */
  D01(Part.REACHABILITY, "The URL can be reached"),
  /** initialize needs a token. */
  D02(Part.REACHABILITY, "initialize needs a token"),
  /** No authentication failure inside HTTP 200. */
  D03(Part.REACHABILITY, "No authentication failure inside HTTP 200"),
  /** No redirects. */
  D20(Part.REACHABILITY, "No redirects"),
  /** Discovery is not rate limited. */
  D28(Part.REACHABILITY, "Discovery is not rate limited"),
  /** Both slash spellings behave alike. */
  D29(Part.REACHABILITY, "Both slash spellings behave alike"),
  /** Emitted URLs have the origin that was typed. */
  D30(Part.REACHABILITY, "Emitted URLs have the origin that was typed"),
  /** Emitted URLs keep the path prefix. */
  D31(Part.REACHABILITY, "Emitted URLs keep the path prefix"),
  /** Every probe gets the same 401. */
  D32(Part.REACHABILITY, "Every probe gets the same 401"),
  /** No CSRF protection before authentication. */
  D34(Part.REACHABILITY, "No CSRF protection before authentication"),
  /** Origins of hosted clients are allowed. */
  D35(Part.REACHABILITY, "Origins of hosted clients are allowed"),
  /** No token from the query. */
  D36(Part.REACHABILITY, "No token from the query"),
  /** No edge service answers first. */
  D42(Part.REACHABILITY, "No edge service answers first"),
  /** An unknown session is 404. */
  D43(Part.REACHABILITY, "An unknown session is 404"),
  /** Metadata is at the origin, not in a context. */
  D57(Part.REACHABILITY, "Metadata is at the origin, not in a context"),

  // Challenge

  /** A 401 has a challenge. */
  D04(Part.CHALLENGE, "A 401 has a challenge"),
  /** The challenge names the metadata. */
  D05(Part.CHALLENGE, "The challenge names the metadata"),
  /** No error without credentials. */
  D06(Part.CHALLENGE, "No error without credentials"),
  /** Every probe gets the same parameters. */
  D07(Part.CHALLENGE, "Every probe gets the same parameters"),
  /** The challenge names a scope. */
  D08(Part.CHALLENGE, "The challenge names a scope"),
  /** The challenge is well written. */
  D09(Part.CHALLENGE, "The challenge is well written"),
  /** The description misleads nobody. */
  D10(Part.CHALLENGE, "The description misleads nobody"),
  /** There is one challenge, and it is Bearer. */
  D11(Part.CHALLENGE, "There is one challenge, and it is Bearer"),
  /** A bad token is answered invalid_token. */
  D12(Part.CHALLENGE, "A bad token is answered invalid_token"),
  /** The challenge is short. */
  D13(Part.CHALLENGE, "The challenge is short"),
  /** The realm is no URL. */
  D14(Part.CHALLENGE, "The realm is no URL"),
  /** The metadata URL is absolute, https and on this origin. */
  D16(Part.CHALLENGE, "The metadata URL is absolute, https and on this origin"),
  /** The metadata URL leads to resource metadata. */
  D18(Part.CHALLENGE, "The metadata URL leads to resource metadata"),
  /** The challenge keeps its name. */
  D37(Part.CHALLENGE, "The challenge keeps its name"),
  /** The token reaches the server. */
  D39(Part.CHALLENGE, "The token reaches the server"),
  /** A 403 names the scope. */
  D44(Part.CHALLENGE, "A 403 names the scope"),
  /** Errors have a short JSON body. */
  D54(Part.CHALLENGE, "Errors have a short JSON body"),
  /** Clients read the challenge. */
  D59(Part.CHALLENGE, "Clients read the challenge"),
  /** A garbage token is refused. */
  D67(Part.CHALLENGE, "A garbage token is refused"),

  // Metadata

  /** Metadata is where clients look. */
  D15(Part.METADATA, "Metadata is where clients look"),
  /** Metadata is public. */
  D17(Part.METADATA, "Metadata is public"),
  /** No web page at a well-known URL. */
  D19(Part.METADATA, "No web page at a well-known URL"),
  /** Metadata is application/json. */
  D21(Part.METADATA, "Metadata is application/json"),
  /** Metadata is well formed. */
  D22(Part.METADATA, "Metadata is well formed"),
  /** Metadata names scopes. */
  D23(Part.METADATA, "Metadata names scopes"),
  /** Metadata names one authorization server. */
  D24(Part.METADATA, "Metadata names one authorization server"),
  /** All spellings serve the same document. */
  D25(Part.METADATA, "All spellings serve the same document"),
  /** The resource is the URL. */
  D26(Part.METADATA, "The resource is the URL"),
  /** No metadata for unknown paths. */
  D27(Part.METADATA, "No metadata for unknown paths"),
  /** Metadata answers HEAD. */
  D34B(Part.METADATA, "Metadata answers HEAD"),
  /** Only scopes of this resource. */
  D45(Part.METADATA, "Only scopes of this resource"),
  /** Metadata is cached for minutes. */
  D53(Part.METADATA, "Metadata is cached for minutes"),
  /** Legacy documents. */
  D56(Part.METADATA, "Legacy documents"),

  // Authorization server

  /** The authorization server knows the resource. */
  D38(Part.AUTHORIZATION_SERVER, "The authorization server knows the resource"),
  /** Authorization server metadata can be found. */
  D46(Part.AUTHORIZATION_SERVER, "Authorization server metadata can be found"),
  /** Browsers can reach the authorization server. */
  D47(Part.AUTHORIZATION_SERVER, "Browsers can reach the authorization server"),
  /** PKCE with S256. */
  D48(Part.AUTHORIZATION_SERVER, "PKCE with S256"),
  /** Clients can register. */
  D49(Part.AUTHORIZATION_SERVER, "Clients can register"),
  /** The authorization server is public. */
  D50(Part.AUTHORIZATION_SERVER, "The authorization server is public"),
  /** Keys can be loaded. */
  D51(Part.AUTHORIZATION_SERVER, "Keys can be loaded"),
  /** Features of the authorization server. */
  D60(Part.AUTHORIZATION_SERVER, "Features of the authorization server"),
  /** The authorization server knows the scopes. */
  D61(Part.AUTHORIZATION_SERVER, "The authorization server knows the scopes"),

  // Token

  /** The audience is the resource. */
  D40(Part.TOKEN, "The audience is the resource"),
  /** The audience is the origin. */
  D41(Part.TOKEN, "The audience is the origin"),
  /** Clocks agree. */
  D52(Part.TOKEN, "Clocks agree"),
  /** The token is good for one resource only. */
  D55(Part.TOKEN, "The token is good for one resource only"),
  /** The token is an access token. */
  D58(Part.TOKEN, "The token is an access token"),
  /** The token can be read. */
  D62(Part.TOKEN, "The token can be read"),
  /** The issuer is the advertised one. */
  D63(Part.TOKEN, "The issuer is the advertised one"),
  /** Scopes are where they are looked for. */
  D64(Part.TOKEN, "Scopes are where they are looked for"),
  /** The token is short-lived. */
  D65(Part.TOKEN, "The token is short-lived"),
  /** Users stay logged in. */
  D66(Part.TOKEN, "Users stay logged in"),

  // Browser

  /** Preflights are answered. */
  D33(Part.BROWSER, "Preflights are answered");

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

  CheckId(Part part, String title) {
    this.part = part;
    this.title = title;
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
   * The check of a name.
   *
   * @param name {@code D05} for instance
   * @return the check; empty if there is none of that name
   */
  public static java.util.Optional<CheckId> of(String name) {
    return java.util.Arrays.stream(values())
        .filter(id -> id.name().equalsIgnoreCase(name))
        .findFirst();
  }
}
