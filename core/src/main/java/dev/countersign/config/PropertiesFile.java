package dev.countersign.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Reads a properties file in UTF-8. */
final class PropertiesFile {

  private PropertiesFile() {}

  /**
   * Reads it.
   *
   * @param file its name
   * @param place where the setting {@code config} with that name stands
   */
  static SettingSource read(String file, String place) {
    SettingDraft draft = new SettingDraft("file " + file);
    try (Reader reader = Files.newBufferedReader(Path.of(file))) {
      new Entries(draft).load(reader);
      return draft.source();
    } catch (IOException | IllegalArgumentException e) {
      return new SettingSource(
          "file " + file, Map.of(), Map.of(), List.of(unreadable(file, place)));
    }
  }

  private static Problem unreadable(String file, String place) {
    return new Problem("config", file, place, "expected a readable properties file in UTF-8");
  }

  /** Hands on each entry as it is read: properties know only the last one of a key. */
  private static final class Entries extends Properties {

    private static final long serialVersionUID = 1L;

    private final transient SettingDraft draft;

    Entries(SettingDraft draft) {
      this.draft = draft;
    }

    // One thread reads, and nobody else has the object.
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public Object put(Object key, Object value) {
      draft.put((String) key, (String) value);
      return super.put(key, value);
    }
  }
}
