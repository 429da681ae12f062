package dev.countersign.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CurrentAccessTokenTest {

  private static final AccessToken ALICE = of("alice");
  private static final AccessToken BOB = of("bob");

  private static AccessToken of(String subject) {
    return new AccessToken(
        "https://id.example",
        subject,
        Optional.empty(),
        List.of("https://mcp.example/mcp"),
        Scope.NONE,
        Instant.MAX,
        Map.of());
  }

  private static Optional<String> user() {
    return CurrentAccessToken.ifAny().map(AccessToken::subject);
  }

  @AfterEach
  void nothingIsLeft() {
    assertEquals(Optional.empty(), user());
  }

  @Test
  void H34_isTheTokenOfTheRequestAndOfNoOther() {
    List<Optional<String>> users = new ArrayList<>();
    CurrentAccessToken.during(
        ALICE,
        () -> {
          users.add(user());
          CurrentAccessToken.during(BOB, () -> users.add(user()));
          return users.add(Optional.of(CurrentAccessToken.value().subject()));
        });

    assertEquals(List.of(Optional.of("alice"), Optional.of("bob"), Optional.of("alice")), users);
  }

  @Test
  void N16_isGoneAfterAFailureAsWell() {
    assertThrows(
        IOException.class,
        () ->
            CurrentAccessToken.during(
                ALICE,
                () -> {
                  throw new IOException("of the application");
                }));

    assertEquals(Optional.empty(), user());
  }

  @Test
  void saysWhyThereIsNone() {
    IllegalStateException none =
        assertThrows(IllegalStateException.class, CurrentAccessToken::value);

    assertEquals(
        "this thread works for no request with an access token; carry the work to it by"
            + " CurrentAccessToken.carriedBy",
        none.getMessage());
  }

  @Test
  void K05_N16_aPooledThreadHasTheTokenForOneTaskOnly() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Callable<Optional<String>> carried =
          CurrentAccessToken.<Callable<Optional<String>>, RuntimeException>during(
              ALICE, () -> CurrentAccessToken.carriedByCall(CurrentAccessTokenTest::user));

      assertEquals(Optional.of("alice"), pool.submit(carried).get());
      assertEquals(Optional.empty(), pool.submit(CurrentAccessTokenTest::user).get());
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void N16_isNotInheritedByAThread() throws InterruptedException {
    List<Optional<String>> seen = new ArrayList<>();
    Thread thread =
        CurrentAccessToken.<Thread, RuntimeException>during(
            ALICE, () -> new Thread(() -> seen.add(user())));
    thread.start();
    thread.join();

    assertEquals(List.of(Optional.empty()), seen);
  }

  @Test
  void N16_workWithoutATokenSeesNoneOfTheThreadThatRunsIt() {
    Queue<Runnable> queue = new ArrayDeque<>();
    List<Optional<String>> seen = new ArrayList<>();
    CurrentAccessToken.carriedByTasksOf(queue::add).execute(() -> seen.add(user()));

    CurrentAccessToken.during(
        BOB,
        () -> {
          queue.remove().run();
          return seen.add(user());
        });

    assertEquals(List.of(Optional.empty(), Optional.of("bob")), seen);
  }

  @Test
  void K05_N16_twoHundredUsersOnFourThreadsAreNotMixedUp() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    Executor tools = CurrentAccessToken.carriedByTasksOf(pool);
    try {
      List<Future<String>> users = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        users.add(
            CurrentAccessToken.<Future<String>, RuntimeException>during(
                of("user-" + i),
                () ->
                    CompletableFuture.supplyAsync(() -> user().orElse(""), tools)
                        .thenApplyAsync(first -> first + " " + user().orElse("lost"))));
      }
      for (int i = 0; i < users.size(); i++) {
        // The second stage runs elsewhere and was not carried.
        assertEquals("user-" + i + " lost", users.get(i).get());
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
