package dev.countersign.mcp;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether a body is JSON in UTF-8 for every reader: the MCP Java SDK decodes with whatever charset
 * is named.
 */
final class JsonContentType {

  // media-type = "application/json" [ OWS ";" OWS "charset=" ( "utf-8" / DQUOTE "utf-8" DQUOTE ) ]
  private static final Pattern PLAIN_JSON =
      Pattern.compile("(?i)[ \\t]*application/json[ \\t]*(;[ \\t]*charset=(\"?)utf-8\\2[ \\t]*)?");

  private JsonContentType() {}

  static boolean isPlainJson(List<String> contentTypes, List<String> contentCodings) {
    return contentTypes.size() == 1
        && contentCodings.stream().allMatch("identity"::equalsIgnoreCase)
        && PLAIN_JSON.matcher(contentTypes.get(0)).matches();
  }
}
