package dev.countersign.doctor.cli;

import dev.countersign.conformance.Features;
import dev.countersign.conformance.Features.ScopedTool;
import dev.countersign.conformance.Features.StepUpTool;
import dev.countersign.conformance.TokenForm;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What the server under test has been set up for. What it has not is not tried. */
final class SubjectOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      defaultValue = "",
      description =
          "The scopes that every token needs, with spaces between. Less has to be answered 403.")
  private String scope = "";

  @Option(
      names = "--tokens",
      paramLabel = "FORM",
      defaultValue = "jwt",
      converter = Form.class,
      description =
          "Which tokens the server takes: jwt, opaque by introspection, or any of the two;"
              + " ${DEFAULT-VALUE} by default.")
  private TokenForm tokens = TokenForm.JWT;

  @Option(
      names = "--dpop",
      description = "Tokens may be bound to a key of the client by DPoP, and need not be.")
  private boolean dpop;

  @Option(
      names = "--tool",
      paramLabel = "NAME",
      description = "A tool whose call needs more scope than other requests.")
  private Optional<String> tool = Optional.empty();

  @Option(
      names = "--tool-scope",
      paramLabel = "SCOPE",
      description = "The scopes that the call of --tool needs beside --scope.")
  private Optional<String> toolScope = Optional.empty();

  @Option(
      names = "--step-up-tool",
      paramLabel = "NAME",
      description = "A tool whose call needs a stronger or more recent login (RFC 9470).")
  private Optional<String> stepUpTool = Optional.empty();

  @Option(
      names = "--acr",
      paramLabel = "VALUE",
      description = "The acr that the call of --step-up-tool needs.")
  private Optional<String> acr = Optional.empty();

  @Option(
      names = "--max-age",
      paramLabel = "SECONDS",
      description = "How old the login for --step-up-tool may be at most.")
  private Optional<Long> maxAge = Optional.empty();

  @Option(names = "--page", paramLabel = "ORIGIN", description = "An origin whose pages may call.")
  private Optional<String> page = Optional.empty();

  /** For the command line. */
  SubjectOptions() {}

  /** Written as the other options are. */
  static final class Form implements ITypeConverter<TokenForm> {

    /** For the command line. */
    Form() {}

    @Override
    public TokenForm convert(String text) {
      for (TokenForm form : TokenForm.values()) {
        if (form.name().toLowerCase(Locale.ROOT).equals(text)) {
          return form;
        }
      }
      throw new TypeConversionException("expected jwt, opaque or any but was '" + text + "'");
    }
  }

  Features features() {
    Features features = Features.NONE.withScope(scope).withTokens(tokens);
    if (dpop) {
      features = features.withDpop();
    }
    if (page.isPresent()) {
      features = features.withPage(page.get());
    }
    together(tool.isPresent() == toolScope.isPresent(), "--tool and --tool-scope");
    if (tool.isPresent()) {
      features = features.with(new ScopedTool(tool.get(), toolScope.orElse("")));
    }
    together(
        stepUpTool.isPresent() == (acr.isPresent() || maxAge.isPresent()),
        "--step-up-tool and --acr or --max-age");
    if (stepUpTool.isPresent()) {
      features =
          features.with(
              new StepUpTool(stepUpTool.get(), acr.orElse(""), maxAge.map(Duration::ofSeconds)));
    }
    return features;
  }

  private void together(boolean are, String options) {
    if (!are) {
      throw new ParameterException(spec.commandLine(), options + " go together");
    }
  }
}
