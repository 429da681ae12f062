package dev.countersign.sample.spring;

import dev.countersign.oauth.CurrentAccessToken;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;
import org.springframework.stereotype.Component;

/**
 * The tools: one that reads, one that writes, and one that is for administrators. What they need
 * stands in {@code application.properties}; here is only what they do. Thread-safe.
 */
@Component
class NotesTools {

  private final List<String> notes = new CopyOnWriteArrayList<>();

  @McpTool(name = "list_notes", description = "Reads the notes.")
  String listNotes() {
    return "The notes are " + notes;
  }

  @McpTool(name = "add_note", description = "Keeps a note of the caller.")
  String addNote(@McpToolParam(description = "What it says") String text) {
    String author = CurrentAccessToken.value().subject();
    notes.add(author + ": " + text);
    return "Kept for " + author;
  }

  @McpTool(name = "clear_notes", description = "Forgets all notes.")
  String clearNotes() {
    notes.clear();
    return "There are no notes now";
  }
}
