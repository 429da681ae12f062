package dev.countersign.agent.runtime;

import java.util.EnumSet;
import java.util.Set;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** One method with calls of the {@link Gate} before, in or after its body. */
final class WovenMethod extends MethodVisitor {

  private static final String OBJECT = "java/lang/Object";

  private static final Set<Weaving> REPLACING = EnumSet.of(Weaving.RESULT, Weaving.RETURNED);

  private final Type owner;
  private final HookPoint point;
  private final Runnable found;
  private final boolean isStatic;
  private final boolean hasReceiver;
  private final Type[] arguments;
  private final Type result;

  /**
   * A woven method.
   *
   * @param next what writes it
   * @param access its flags
   * @param descriptor its descriptor
   * @param owner its class
   * @param point what is woven
   * @param found called when a place for it has been found
   */
  WovenMethod(
      MethodVisitor next,
      int access,
      String descriptor,
      Type owner,
      HookPoint point,
      Runnable found) {
    super(Opcodes.ASM9, next);
    this.owner = owner;
    this.point = point;
    this.found = found;
    this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
    this.hasReceiver =
        !isStatic && !(point.isConstructor() && point.weaving() == Weaving.ARGUMENTS);
    this.arguments = Type.getArgumentTypes(descriptor);
    this.result = Type.getReturnType(descriptor);
  }

  @Override
  public void visitCode() {
    super.visitCode();
    if (point.weaving() != Weaving.CALL) {
      found.run();
    }
    if (REPLACING.contains(point.weaving()) && result.getSort() != Type.OBJECT) {
      throw new IllegalStateException("a method whose result is replaced returns an object");
    }
    if (point.weaving() == Weaving.GUARD) {
      guard();
    } else if (point.weaving() == Weaving.BEFORE) {
      callGate();
      super.visitInsn(Opcodes.POP);
    } else if (point.weaving() == Weaving.ARGUMENTS) {
      replaceArguments();
    } else if (point.weaving() == Weaving.RESULT) {
      replaceResult();
    }
  }

  @Override
  public void visitInsn(int opcode) {
    if (point.weaving() == Weaving.AFTER && opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
      callGate();
      super.visitInsn(Opcodes.POP);
    } else if (point.weaving() == Weaving.RETURNED && opcode == Opcodes.ARETURN) {
      replaceReturned();
    }
    super.visitInsn(opcode);
  }

  @Override
  public void visitMethodInsn(
      int opcode, String type, String name, String descriptor, boolean isInterface) {
    if (point.weaving() == Weaving.CALL && point.callee().equals(type + "." + name + descriptor)) {
      found.run();
      replaceCall();
    } else {
      super.visitMethodInsn(opcode, type, name, descriptor, isInterface);
    }
  }

  // Receiver and argument are on the stack, and go from there into the array.
  private void replaceCall() {
    push(3);
    super.visitTypeInsn(Opcodes.ANEWARRAY, OBJECT);
    putFromStack(2);
    putFromStack(1);
    putName();
    super.visitLdcInsn(owner);
    super.visitInsn(Opcodes.SWAP);
    pass();
    super.visitInsn(Opcodes.POP);
  }

  // value, array -> array
  private void putFromStack(int index) {
    super.visitInsn(Opcodes.DUP_X1);
    super.visitInsn(Opcodes.SWAP);
    push(index);
    super.visitInsn(Opcodes.SWAP);
    super.visitInsn(Opcodes.AASTORE);
  }

  // if (gate.pass(…) != Boolean.TRUE) return;
  private void guard() {
    Label body = new Label();
    callGate();
    super.visitFieldInsn(Opcodes.GETSTATIC, "java/lang/Boolean", "TRUE", "Ljava/lang/Boolean;");
    super.visitJumpInsn(Opcodes.IF_ACMPEQ, body);
    if (result.getSort() == Type.BOOLEAN) {
      super.visitInsn(Opcodes.ICONST_1);
      super.visitInsn(Opcodes.IRETURN);
    } else if (result.getSort() == Type.VOID) {
      super.visitInsn(Opcodes.RETURN);
    } else {
      throw new IllegalStateException("a guarded method returns nothing or a boolean");
    }
    super.visitLabel(body);
    super.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    // A frame of the method itself may stand at its first instruction.
    super.visitInsn(Opcodes.NOP);
  }

  // result = gate.pass(…); if (result != null) return result;
  private void replaceResult() {
    Label body = new Label();
    callGate();
    super.visitInsn(Opcodes.DUP);
    super.visitJumpInsn(Opcodes.IFNULL, body);
    super.visitTypeInsn(Opcodes.CHECKCAST, result.getInternalName());
    super.visitInsn(Opcodes.ARETURN);
    super.visitLabel(body);
    super.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {OBJECT});
    super.visitInsn(Opcodes.POP);
  }

  // The result is on the stack, and goes from there behind the arguments. No jump, so no frame.
  private void replaceReturned() {
    array(arguments.length + 3);
    putFromStack(arguments.length + 2);
    super.visitLdcInsn(owner);
    super.visitInsn(Opcodes.SWAP);
    pass();
    super.visitTypeInsn(Opcodes.CHECKCAST, result.getInternalName());
  }

  private void replaceArguments() {
    callGate();
    super.visitTypeInsn(Opcodes.CHECKCAST, "[L" + OBJECT + ";");
    int local = isStatic ? 0 : 1;
    for (int i = 0; i < arguments.length; i++) {
      super.visitInsn(Opcodes.DUP);
      push(i);
      super.visitInsn(Opcodes.AALOAD);
      unbox(arguments[i]);
      super.visitVarInsn(arguments[i].getOpcode(Opcodes.ISTORE), local);
      local += arguments[i].getSize();
    }
    super.visitInsn(Opcodes.POP);
  }

  /** Leaves the answer on the stack. */
  private void callGate() {
    super.visitLdcInsn(owner);
    array(arguments.length + 2);
    pass();
  }

  private void array(int length) {
    push(length);
    super.visitTypeInsn(Opcodes.ANEWARRAY, OBJECT);
    putName();
    if (hasReceiver) {
      slot(1);
      super.visitVarInsn(Opcodes.ALOAD, 0);
      super.visitInsn(Opcodes.AASTORE);
    }
    int local = isStatic ? 0 : 1;
    for (int i = 0; i < arguments.length; i++) {
      slot(i + 2);
      super.visitVarInsn(arguments[i].getOpcode(Opcodes.ILOAD), local);
      box(arguments[i]);
      super.visitInsn(Opcodes.AASTORE);
      local += arguments[i].getSize();
    }
  }

  private void pass() {
    super.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        GateDefinition.NAME,
        "pass",
        "(Ljava/lang/Class;[Ljava/lang/Object;)Ljava/lang/Object;",
        false);
  }

  private void putName() {
    slot(0);
    super.visitLdcInsn(point.name());
    super.visitInsn(Opcodes.AASTORE);
  }

  // array -> array, array, index: a value and AASTORE follow.
  private void slot(int index) {
    super.visitInsn(Opcodes.DUP);
    push(index);
  }

  private void push(int number) {
    super.visitIntInsn(Opcodes.BIPUSH, number);
  }

  private void box(Type type) {
    if (isReference(type)) {
      return;
    }
    String wrapper = wrapper(type);
    String descriptor = "(" + type.getDescriptor() + ")L" + wrapper + ";";
    super.visitMethodInsn(Opcodes.INVOKESTATIC, wrapper, "valueOf", descriptor, false);
  }

  private void unbox(Type type) {
    if (isReference(type)) {
      super.visitTypeInsn(Opcodes.CHECKCAST, type.getInternalName());
      return;
    }
    String wrapper = wrapper(type);
    super.visitTypeInsn(Opcodes.CHECKCAST, wrapper);
    super.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        wrapper,
        type.getClassName() + "Value",
        "()" + type.getDescriptor(),
        false);
  }

  private static boolean isReference(Type type) {
    return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY;
  }

  private static String wrapper(Type type) {
    return switch (type.getSort()) {
      case Type.BOOLEAN -> "java/lang/Boolean";
      case Type.INT -> "java/lang/Integer";
      case Type.LONG -> "java/lang/Long";
      default -> throw new IllegalStateException("no hook point has an argument of type " + type);
    };
  }
}
